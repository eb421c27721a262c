"""The pages as linked data: schema.org in JSON-LD for machines that read pages, DCAT for catalogues of data."""
