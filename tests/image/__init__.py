"""The image, built and run as docker-compose.yml would, without a container engine.

`python -m tests.image` is a script beside pytest: it takes minutes, and needs root.
"""
