"""Where sealed files are kept: one folder, or a bucket of a server that speaks S3."""
