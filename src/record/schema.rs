//! The JSON Schemas, from the same tables as the reader.
