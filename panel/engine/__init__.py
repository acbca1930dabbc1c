"""The engine: how many reviews run at once, and who watches them."""
