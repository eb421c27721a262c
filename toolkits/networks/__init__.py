"""Networks as folders of CSV files: reading, checking, loading, publishing and writing them."""
