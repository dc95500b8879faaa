"""Values as people type them: closed lists of forms, one module for each kind of field.

What is plain is read; what had to be repaired is read and said; what is likely only is read and asked about; the rest
is a ``Misread``. Nothing is guessed. The forms are listed for staff in ``docs/values.md``, whose examples are tested.
"""
