"""The knowledge base read out: pages, flowcharts and plain data. It judges nobody and changes nothing."""
