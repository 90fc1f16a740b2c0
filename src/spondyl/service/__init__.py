"""The workbench and the JSON interface over HTTP. It shows what the program concludes; it decides and stores nothing."""
