"""The components of hand-written pages: `{{ offers(topic="schulden") }}`."""
