"""The program's speed beside PyTorch's."""
