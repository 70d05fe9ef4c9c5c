"""The demo: sample sites on loopback and four mornings of the main job over them."""
