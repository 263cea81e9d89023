"""Questions: what they ask, the evidence gathered for them, and the briefs that they become."""
