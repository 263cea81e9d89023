"""Text: Markdown to safe HTML, the inline marks of capture, tokens for search and snippets.

Works on strings alone. Every offset counts code points of the text that was given, never bytes or UTF-16 units.
"""
