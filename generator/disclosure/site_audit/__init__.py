"""The audit of a built site: reads its files back as a stranger would and attacks what they say."""
