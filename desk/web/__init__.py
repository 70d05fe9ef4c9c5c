"""The desk as web pages, for the centre's staff; composed into the server by `jiballim.web`."""
