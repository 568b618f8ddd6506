"""Policies as people edit and read them."""
