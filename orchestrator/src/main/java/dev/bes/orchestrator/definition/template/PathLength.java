package dev.bes.orchestrator.definition.template;

import java.nio.charset.StandardCharsets;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Checks the length of paths. File systems limit the bytes of each segment and of the whole path. */
public final class PathLength {

    /** Limit of one segment on common file systems. */
    private static final int MAX_SEGMENT_BYTES = 255;

    /** Limit of a folder below a root: PATH_MAX is 4,096 and includes the root and the name of a file. */
    private static final int MAX_FOLDER_BYTES = 3_000;

    private static final int MAX_ID_DIGITS = 19;

    private PathLength() {}

    /** Describes what is too long in a path without variables; empty if it fits. */
    public static Optional<String> mistake(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(segment -> bytes(segment) > MAX_SEGMENT_BYTES)
                .findFirst()
                .map(segment -> "has a part of %d bytes, '%s…', and a file system takes %d"
                        .formatted(
                                bytes(segment),
                                segment.substring(0, Math.min(40, segment.length())),
                                MAX_SEGMENT_BYTES))
                .or(() -> bytes(path) > MAX_FOLDER_BYTES
                        ? Optional.of(
                                "is %d bytes long, and at most %d can be used".formatted(bytes(path), MAX_FOLDER_BYTES))
                        : Optional.empty());
    }

    /** Describes why a folder with variables never fits; empty if it may fit. */
    public static Optional<String> neverFits(String folder, String definition) {
        return mistake(filled(folder, variable -> shortest(variable, definition)));
    }

    /** Describes why a folder does not fit with the longest values of its variables; empty if it always fits. */
    public static Optional<String> mayNotFit(String folder, String definition) {
        return mistake(filled(folder, variable -> longest(variable, definition)));
    }

    private static String filled(String folder, ToIntFunction<TemplateVariable> length) {
        return Templates.replace(
                folder, expression -> "x".repeat(length.applyAsInt(TemplateVariable.parse(expression))));
    }

    private static int shortest(TemplateVariable variable, String definition) {
        return variable.name().equals("definition") ? definition.length() : 1;
    }

    private static int longest(TemplateVariable variable, String definition) {
        return switch (variable.name()) {
            case "definition" -> definition.length();
            case "run.id" -> MAX_ID_DIGITS;
            default -> variable.isTime() ? longestTime(variable) : SafeName.MAX_LENGTH;
        };
    }

    private static int longestTime(TemplateVariable variable) {
        return List.of(Month.values()).stream()
                .map(month -> OffsetDateTime.of(2026, month.getValue(), 28, 23, 59, 59, 123_456_789, ZoneOffset.UTC))
                .map(time -> TemplateValues.of("", "", time.toInstant()).withFire(time.toInstant(), ZoneOffset.UTC))
                .mapToInt(values -> SafeName.of(variable.value(values)).length())
                .max()
                .orElse(SafeName.MAX_LENGTH);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
