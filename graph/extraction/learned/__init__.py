"""The learned extractor: a small encoder that reads what the rules do not, offline and without PyTorch."""
