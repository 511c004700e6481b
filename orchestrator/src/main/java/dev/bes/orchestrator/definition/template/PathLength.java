package dev.bes.orchestrator.definition.template;

import java.nio.charset.StandardCharsets;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** How long a path may be: file systems count bytes, for each segment and for the whole. */
public final class PathLength {

    /** Of one segment, on every usual file system. */
    private static final int SEGMENT = 255;

    /** Of a folder under a root: PATH_MAX is 4,096 and holds the root and the name of a file as well. */
    private static final int FOLDER = 3_000;

    private static final int LONGEST_NUMBER = 19;

    private PathLength() {}

    /** What is too long in a path without variables; empty when nothing is. */
    public static Optional<String> mistake(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(segment -> bytes(segment) > SEGMENT)
                .findFirst()
                .map(segment -> "has a part of %d bytes, '%s…', and a file system takes %d"
                        .formatted(bytes(segment), segment.substring(0, Math.min(40, segment.length())), SEGMENT))
                .or(() -> bytes(path) > FOLDER
                        ? Optional.of("is %d bytes long, and at most %d can be used".formatted(bytes(path), FOLDER))
                        : Optional.empty());
    }

    /** Why a folder with variables never fits; empty when it may. */
    public static Optional<String> neverFits(String folder, String definition) {
        return mistake(filled(folder, variable -> shortest(variable, definition)));
    }

    /** Why a folder with variables does not fit if they are as long as they can be; empty when it always does. */
    public static Optional<String> mayNotFit(String folder, String definition) {
        return mistake(filled(folder, variable -> longest(variable, definition)));
    }

    private static String filled(String folder, ToIntFunction<TemplateVariable> length) {
        return Templates.replaced(
                folder, expression -> "x".repeat(length.applyAsInt(TemplateVariable.parse(expression))));
    }

    private static int shortest(TemplateVariable variable, String definition) {
        return variable.name().equals("definition") ? definition.length() : 1;
    }

    private static int longest(TemplateVariable variable, String definition) {
        return switch (variable.name()) {
            case "definition" -> definition.length();
            case "run.id" -> LONGEST_NUMBER;
            default -> variable.isTime() ? longestTime(variable) : SafeName.LONGEST;
        };
    }

    private static int longestTime(TemplateVariable variable) {
        return List.of(Month.values()).stream()
                .map(month -> OffsetDateTime.of(2026, month.getValue(), 28, 23, 59, 59, 123_456_789, ZoneOffset.UTC))
                .map(time -> TemplateValues.of("", "", time.toInstant()).withFire(time.toInstant(), ZoneOffset.UTC))
                .mapToInt(values -> SafeName.of(variable.value(values)).length())
                .max()
                .orElse(SafeName.LONGEST);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
