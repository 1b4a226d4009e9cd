"""Rebuilds: another read model is built beside the one that is read, compared with it, and switched
to.
"""
