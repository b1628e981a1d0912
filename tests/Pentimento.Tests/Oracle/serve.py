"""Runs the scripts beside it one after the other, so that PyTorch is loaded once; a line on standard input is SCRIPT and its arguments, with tabs."""
import importlib
import sys

for line in sys.stdin:
    script, *arguments = line.rstrip("\n").split("\t")
    importlib.import_module(script).main(*arguments)
    print("done", flush=True)
