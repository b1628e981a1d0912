"""Checks an ONNX file by ONNX's own rules: onnx_check FILE."""
import onnx


def main(file):
    onnx.checker.check_model(file, full_check=True)
