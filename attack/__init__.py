"""A rig that tries to break Nahraum: fuzzed projects, hostile texts, kills and faults at every command, other surroundings.

`make attack` runs all of it at full size and writes its counts to `attack/last.json`, from which `docs/trust.md` is made;
`tests/attack` runs a sample of each part with every `make test`. What is found becomes a test of its own where it was mended.
"""

import generator

__all__ = ["generator"]
