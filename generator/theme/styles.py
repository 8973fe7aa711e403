"""Takes Material's stylesheet, hands it out in a cascade layer, so that ours wins without a war of selectors."""

from __future__ import annotations

import re


def layer_material(css: str) -> str:
    """Take the text of Material's stylesheet, hand out the same rules in the layer `material`.

    Rules outside of any layer win over it whatever their specificity. A `@charset` inside a layer would be
    an error, and the source map isn't published, so both are left out.
    """
    css = re.sub(r'^\ufeff?@charset "[^"]*";', "", css)
    css = re.sub(r"/\*# sourceMappingURL=[^*]*\*/", "", css)
    return f"@layer material{{{css.strip()}}}\n"
