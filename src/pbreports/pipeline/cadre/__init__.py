"""The inspection of cadres: reading its workbook and forms, checking, counting, papers, in folders kept apart."""
