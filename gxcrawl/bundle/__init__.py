"""The small database of one run on one portal: its queue, what was answered, listed and read.

It stands in a folder beside the run's WARC files. Folder and files together are the bundle: nothing else is
needed to finish, judge or read the run again, on whatever machine.
"""
