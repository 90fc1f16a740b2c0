"""The workbench and the JSON interface over HTTP: it shows what the program concludes, and stores nothing"""
