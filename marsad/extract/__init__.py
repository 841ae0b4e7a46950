"""Page → Article: what a reader would call the article, and nothing of what stands around it."""
