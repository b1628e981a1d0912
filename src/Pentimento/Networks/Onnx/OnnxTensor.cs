using System.Runtime.InteropServices;
using global::Onnx;
using static TorchSharp.torch;
using DataType = global::Onnx.TensorProto.Types.DataType;

namespace Pentimento.Networks.Onnx;

/// <summary>Tensors of ONNX files: raw, typed or in a file beside; half precisions are read as float32, unsigned numbers as wider signed
/// ones.</summary>
internal static class OnnxTensor
{
    private const int MostDimensions = 16;

    /// <summary>The type in which values of an ONNX type are computed.</summary>
    /// <returns>Null where the type is not supported.</returns>
    public static ScalarType? TypeOf(int type) => (DataType)type switch
    {
        DataType.Float or DataType.Float16 or DataType.Bfloat16 => ScalarType.Float32,
        DataType.Double => ScalarType.Float64,
        DataType.Bool => ScalarType.Bool,
        DataType.Uint8 => ScalarType.Byte,
        DataType.Int8 => ScalarType.Int8,
        DataType.Int16 => ScalarType.Int16,
        DataType.Int32 or DataType.Uint16 => ScalarType.Int32,
        DataType.Int64 or DataType.Uint32 or DataType.Uint64 => ScalarType.Int64,
        _ => null,
    };

    /// <summary>Reads a tensor; the caller disposes it.</summary>
    /// <param name="proto">The tensor.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="folder">Where external data may lie; empty where it may not be read.</param>
    /// <exception cref="BadInputException">The values do not fit the shape.</exception>
    public static Tensor Read(TensorProto proto, string file, string folder)
    {
        var name = $"{file}, the tensor '{proto.Name}'";
        var (type, count) = (Checked(proto, name), CountOf(proto, name));
        using var scope = NewDisposeScope();
        if (proto.DataLocation == TensorProto.Types.DataLocation.External)
            return Of(ExternalData.Read(proto, file, folder, count * SizeOf(proto.DataType)), proto, type, name).MoveToOuterDisposeScope();
        if (proto.RawData.Length > 0 || count == 0) return Of(proto.RawData.Span, proto, type, name).MoveToOuterDisposeScope();
        var values = Typed(proto);
        Require.That(
            values.numel() == count,
            $"{name} has {values.numel()} values; its shape ({string.Join(", ", proto.Dims)}) asks for {count:N0}.");
        return values.to_type(type).reshape([.. proto.Dims]).MoveToOuterDisposeScope();
    }

    /// <summary>How many bytes a value takes in the file.</summary>
    public static int SizeOf(int type) => (DataType)type switch
    {
        DataType.Double or DataType.Int64 or DataType.Uint64 => 8,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 2,
        _ => 1,
    };

    /// <summary>The bytes of float32 values in a floating-point type of a file.</summary>
    public static byte[] Bytes(float[] values, int type) => (DataType)type switch
    {
        DataType.Float16 => MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values, value => (Half)value)).ToArray(),
        DataType.Bfloat16 => MemoryMarshal.AsBytes<ushort>(Array.ConvertAll(values, ToBfloat16)).ToArray(),
        DataType.Double => MemoryMarshal.AsBytes<double>(Array.ConvertAll(values, value => (double)value)).ToArray(),
        _ => MemoryMarshal.AsBytes<float>(values).ToArray(),
    };

    private static ScalarType Checked(TensorProto proto, string name) => TypeOf(proto.DataType)
        ?? throw new BadInputException(
            $"{name} is of the type {(DataType)proto.DataType}; expected floating-point or whole numbers or truth values.");

    private static long CountOf(TensorProto proto, string name)
    {
        Require.That(
            proto.Dims.Count <= MostDimensions && proto.Dims.All(size => size >= 0),
            $"{name} has the shape ({string.Join(", ", proto.Dims)}).");
        var count = proto.Dims.Aggregate(1.0, (product, size) => product * size);
        Require.That(count < 1L << 40, $"{name} claims {count:N0} values.");
        return (long)count;
    }

    private static Tensor Of(ReadOnlySpan<byte> bytes, TensorProto proto, ScalarType type, string name)
    {
        long[] shape = [.. proto.Dims];
        var count = shape.Aggregate(1L, (product, size) => product * size);
        Require.That(
            bytes.Length == count * SizeOf(proto.DataType),
            $"{name} has {bytes.Length:N0} bytes; its shape ({string.Join(", ", shape)}) asks for {count * SizeOf(proto.DataType):N0}.");
        switch ((DataType)proto.DataType)
        {
            case DataType.Float16:
                return Filled<float>(Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), value => (float)value), shape, type);
            case DataType.Bfloat16:
                return Filled<float>(Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), FromBfloat16), shape, type);
            case DataType.Uint16:
                return Filled<int>(Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), value => (int)value), shape, type);
            case DataType.Uint32:
                return Filled<long>(Array.ConvertAll(MemoryMarshal.Cast<byte, uint>(bytes).ToArray(), value => (long)value), shape, type);
            default:
                return Filled(bytes, shape, type);
        }
    }

    private static Tensor Filled<T>(ReadOnlySpan<T> values, long[] shape, ScalarType type) where T : unmanaged
    {
        var filled = empty(shape, type);
        MemoryMarshal.AsBytes(values).CopyTo(filled.bytes);
        return filled;
    }

    private static Tensor Typed(TensorProto proto) => (DataType)proto.DataType switch
    {
        DataType.Float => tensor(proto.FloatData.ToArray()),
        DataType.Double => tensor(proto.DoubleData.ToArray()),
        DataType.Int64 => tensor(proto.Int64Data.ToArray()),
        DataType.Uint32 or DataType.Uint64 => tensor(proto.Uint64Data.Select(value => unchecked((long)value)).ToArray()),
        DataType.Float16 => tensor(proto.Int32Data.Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits)).ToArray()),
        DataType.Bfloat16 => tensor(proto.Int32Data.Select(bits => FromBfloat16((ushort)bits)).ToArray()),
        _ => tensor(proto.Int32Data.ToArray()),
    };

    private static float FromBfloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    private static ushort ToBfloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        // To the nearest, ties to even.
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
