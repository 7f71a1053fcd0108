"""What a document for people is made of, and its renderers: screen, Markdown, HTML, Word and workbook."""
