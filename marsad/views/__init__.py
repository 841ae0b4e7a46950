"""What the pages, the feeds and the command line show, put together from the store and the index.

One file a page; each gives a frozen view that knows nothing of HTML, so that a page, a
feed and an answer of the API that show the same thing cannot differ.
"""
