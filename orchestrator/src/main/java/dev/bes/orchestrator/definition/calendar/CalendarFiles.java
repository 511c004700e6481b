package dev.bes.orchestrator.definition.calendar;

import dev.bes.orchestrator.definition.yaml.NodeCursor;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts the dates of calendar files in the place of the files' names. Afterwards a definition needs its files no more. */
public final class CalendarFiles {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}[.](ics|txt)");
    private static final long MAX_BYTES = 1024 * 1024;

    private CalendarFiles() {}

    /** Whether a file of the folder of definitions can be a calendar file, by its name. */
    public static boolean hasName(Path file) {
        return NAME.matcher(String.valueOf(file.getFileName())).matches();
    }

    /**
     * Adds the dates of the files that the schedules of a definition name as {@code closed-file} and {@code open-file}.
     *
     * @param root the definition; mistakes are reported where it names the file
     * @param folder the folder of the files
     */
    public static void expand(NodeCursor root, Path folder) {
        root.at("triggers")
                .at("schedules")
                .elements()
                .map(schedule -> schedule.at("calendar"))
                .forEach(calendar -> {
                    expand(calendar, "closed", folder);
                    expand(calendar, "open", folder);
                });
    }

    private static void expand(NodeCursor calendar, String key, Path folder) {
        NodeCursor file = calendar.at(key + "-file");
        file.text().ifPresent(name -> {
            try {
                add(object(calendar), key, name, read(folder, name));
            } catch (InvalidCalendarException e) {
                file.report("%s: %s".formatted(name, e.getMessage()), null);
            }
        });
    }

    private static ObjectNode object(NodeCursor cursor) {
        return (ObjectNode) cursor.document().root().at(cursor.pointer());
    }

    private static void add(ObjectNode calendar, String key, String file, NamedDates dates) {
        ArrayNode list = calendar.get(key) instanceof ArrayNode array ? array : calendar.putArray(key);
        dates.names().keySet().forEach(date -> list.add(date.toString()));
        if (key.equals("closed")) {
            ObjectNode names = calendar.putObject("names");
            dates.names()
                    .forEach((date, name) ->
                            names.put(date.toString(), name.isEmpty() ? file : name + " (" + file + ")"));
        }
    }

    private static NamedDates read(Path folder, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidCalendarException("write the name of an .ics or .txt file in the folder of definitions");
        }
        Path path = folder.resolve(name);
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new InvalidCalendarException("the file is larger than %d KB".formatted(MAX_BYTES / 1024));
            }
            String text = Files.readString(path);
            return name.endsWith(".ics") ? EventDates.read(text) : DateList.read(text);
        } catch (NoSuchFileException _) {
            throw new InvalidCalendarException("there is no such file in the folder of definitions");
        } catch (CharacterCodingException _) {
            throw new InvalidCalendarException("the file is not UTF-8 text");
        } catch (IOException e) {
            throw new InvalidCalendarException("the file can't be read: " + e.getMessage());
        }
    }
}
