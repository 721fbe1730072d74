"""Lists that editors download as spreadsheets, change and upload: files, columns, the register of lists, imports."""
