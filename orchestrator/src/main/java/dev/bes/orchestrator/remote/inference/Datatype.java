package dev.bes.orchestrator.remote.inference;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The datatypes that cells can be written as. Source: open-inference-protocol, "tensor data types". */
enum Datatype {
    BOOL,
    UINT8(8, false),
    UINT16(16, false),
    UINT32(32, false),
    UINT64(64, false),
    INT8(8, true),
    INT16(16, true),
    INT32(32, true),
    INT64(64, true),
    FP16(65_504),
    FP32(Float.MAX_VALUE),
    FP64(Double.MAX_VALUE),
    BYTES;

    /** A number of JSON. Other forms, such as {@code +1} or {@code .5}, are written anew. */
    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,9})?");
    private static final int MOST_DIGITS = 40;
    /** So many digits always fit into a long. */
    private static final int LONG_DIGITS = 18;

    private final int bits;
    private final boolean signed;
    private final double most;

    Datatype() {
        this(0, false, 0);
    }

    Datatype(int bits, boolean signed) {
        this(bits, signed, 0);
    }

    Datatype(double most) {
        this(0, true, most);
    }

    Datatype(int bits, boolean signed, double most) {
        this.bits = bits;
        this.signed = signed;
        this.most = most;
    }

    static Optional<Datatype> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Why a cell cannot be written as an element of this type; null if it can. */
    @Nullable
    String fault(@Nullable String cell) {
        if (this == BYTES) {
            return null;
        }
        if (cell == null || cell.isEmpty()) {
            return "is empty";
        }
        boolean fits = switch (this) {
            case BOOL -> cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false");
            case FP16, FP32, FP64 -> NUMBER.matcher(cell).matches() && Math.abs(Double.parseDouble(cell)) <= most;
            default -> isWhole(cell);
        };
        return fits ? null : "'" + shortened(cell) + "' is no " + name();
    }

    private boolean isWhole(String cell) {
        int digits = digits(cell);
        if (digits < 1 || digits > MOST_DIGITS) {
            return false;
        }
        if (digits <= LONG_DIGITS) {
            long value = Long.parseLong(cell);
            long rest = signed ? value >> (bits - 1) : value >> 1 >> (bits - 1);
            return rest == 0 || (signed && rest == -1);
        }
        BigInteger value = new BigInteger(cell);
        return signed ? value.bitLength() < bits : value.signum() >= 0 && value.bitLength() <= bits;
    }

    /** How many digits a cell has after its sign; 0 if it has anything else. */
    private static int digits(String cell) {
        int from = cell.startsWith("-") || cell.startsWith("+") ? 1 : 0;
        for (int at = from; at < cell.length(); at++) {
            if (cell.charAt(at) < '0' || cell.charAt(at) > '9') {
                return 0;
            }
        }
        return cell.length() - from;
    }

    /** Writes a cell that has no fault. */
    void write(@Nullable String cell, JsonGenerator json) {
        String text = cell == null ? "" : cell;
        switch (this) {
            case BYTES -> json.writeString(text);
            case BOOL -> json.writeBoolean(text.toLowerCase(Locale.ROOT).equals("true"));
            case FP16, FP32, FP64 -> {
                if (JSON_NUMBER.matcher(text).matches()) {
                    json.writeNumber(text);
                } else {
                    json.writeNumber(Double.parseDouble(text));
                }
            }
            default -> writeWhole(text, json);
        }
    }

    private static void writeWhole(String text, JsonGenerator json) {
        if (digits(text) <= LONG_DIGITS) {
            json.writeNumber(Long.parseLong(text));
        } else {
            json.writeNumber(new BigInteger(text));
        }
    }

    private static String shortened(String cell) {
        return cell.length() <= 40 ? cell : cell.substring(0, 40) + "…";
    }
}
