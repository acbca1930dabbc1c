"""Articles about models that do not exist, with what a careful editor finds in them."""
