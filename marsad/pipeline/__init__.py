"""The way of an article; nobody else knows it.

    newspaper --collecting--> Page --extract--> Article --keeping--> archive --indexing--> search
                                                   ^
                               import --exchange---+

`collecting` visits newspapers, `keeping` enriches and places an article and keeps it in one
transaction, `indexing` reads the outbox, `exchange` reads and writes JSON Lines. Each calls
the steps; the steps do not know one another.
"""
