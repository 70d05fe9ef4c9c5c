"""The heart: what a notice is, what it says, which announcement it belongs to, and where that is kept."""
