"""How much room text takes, told without a font: never less than office programs take for it."""
