package dev.bes.sandbox.dataset;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column. The names are those of {@code ColumnTypes} in captured replies; the types and formats of a
 * schema are those to which the R package AzureML maps its own.
 */
public enum ColumnType {
    STRING("String", "string", null),
    INT32("Int32", "integer", "int32"),
    INT64("Int64", "integer", "int64"),
    DOUBLE("Double", "number", "double"),
    BOOLEAN("Boolean", "boolean", null),
    DATE_TIME("DateTime", "string", "date-time");

    private static final int MOST_DIGITS = 400;
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?|NaN|[+-]?Infinity");

    private final String remoteName;
    private final String schemaType;
    private final @Nullable String schemaFormat;

    ColumnType(String remoteName, String schemaType, @Nullable String schemaFormat) {
        this.remoteName = remoteName;
        this.schemaType = schemaType;
        this.schemaFormat = schemaFormat;
    }

    /** The type of that name, with the case that the service writes. */
    public static Optional<ColumnType> named(String remoteName) {
        return Arrays.stream(values())
                .filter(type -> type.remoteName.equals(remoteName))
                .findFirst();
    }

    /** The name in {@code ColumnTypes}, for instance {@code Int32}. */
    public String remoteName() {
        return remoteName;
    }

    /** The {@code type} in a Swagger schema. */
    public String schemaType() {
        return schemaType;
    }

    /** The {@code format} in a Swagger schema; null for none. */
    public @Nullable String schemaFormat() {
        return schemaFormat;
    }

    /** Whether the values are numbers. */
    public boolean isNumeric() {
        return this == INT32 || this == INT64 || this == DOUBLE;
    }

    /** Whether a text is a value of this type. */
    public boolean accepts(String value) {
        return switch (this) {
            case STRING -> true;
            case INT32 -> isWhole(value, Integer.SIZE);
            case INT64 -> isWhole(value, Long.SIZE);
            case DOUBLE -> isNumber(value);
            case BOOLEAN -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
            case DATE_TIME -> isDateTime(value);
        };
    }

    private static boolean isWhole(String value, int bits) {
        return value.length() < MOST_DIGITS && value.matches("[+-]?\\d+") && new BigInteger(value).bitLength() < bits;
    }

    private static boolean isNumber(String value) {
        return value.length() < MOST_DIGITS && NUMBER.matcher(value).matches();
    }

    private static boolean isDateTime(String value) {
        try {
            return value.length() == "1970-01-01T00:00:00".length() && LocalDateTime.parse(value) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
