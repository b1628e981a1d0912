"""Checks ONNX files by ONNX's own rules: onnx_check.py FILE..."""
import sys

import onnx

for file in sys.argv[1:]:
    onnx.checker.check_model(file, full_check=True)
