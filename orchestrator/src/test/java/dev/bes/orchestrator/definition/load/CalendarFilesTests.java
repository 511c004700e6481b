package dev.bes.orchestrator.definition.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.FrozenDefinition;
import dev.bes.orchestrator.definition.Triggers.BusinessDays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Business days, and days that are none, from files beside the definitions. */
class CalendarFilesTests {
    private final DefinitionFolder folder;

    CalendarFilesTests(@TempDir Path path) {
        this.folder = new DefinitionFolder(path);
    }

    private DefinitionFolder calendar(String keys) {
        return folder.with("job.yaml", DefinitionFolder.GOOD + """
                triggers:
                  schedules:
                    - name: nightly
                      cron: "30 2 * * *"
                      calendar:
                        %s
                """.formatted(keys));
    }

    private BusinessDays days() {
        return Objects.requireNonNull(folder.load()
                .find("job")
                .orElseThrow()
                .triggers()
                .schedules()
                .getFirst()
                .calendar());
    }

    private static String events(String... events) {
        return Stream.of(events)
                .map(event -> "BEGIN:VEVENT\n" + event + "\nEND:VEVENT\n")
                .reduce("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n", String::concat)
                .concat("END:VCALENDAR\n")
                .replace("\n", "\r\n");
    }

    private static List<LocalDate> dates(String... dates) {
        return Stream.of(dates).map(LocalDate::parse).toList();
    }

    @Test
    void readsDatesAndSpansOfDatesFromText() {
        folder.with("plant.txt", """
                # shutdown of the plant
                2026-12-24..2026-12-26 Christmas

                2027-05-14   day after  Ascension # not every year
                2026-03-02
                """);
        calendar("closed-file: plant.txt");

        assertThat(days().closed())
                .isEqualTo(dates("2026-03-02", "2026-12-24", "2026-12-25", "2026-12-26", "2027-05-14"));
        assertThat(days().names())
                .isEqualTo(Map.of(
                        LocalDate.parse("2026-03-02"), "plant.txt",
                        LocalDate.parse("2026-12-24"), "Christmas (plant.txt)",
                        LocalDate.parse("2026-12-25"), "Christmas (plant.txt)",
                        LocalDate.parse("2026-12-26"), "Christmas (plant.txt)",
                        LocalDate.parse("2027-05-14"), "day after Ascension (plant.txt)"));
    }

    @Test
    void addsThemToTheDatesOfTheDefinition() {
        folder.with("off.txt", "2026-12-24\n2026-12-31\n").with("on.txt", "2026-12-26\n");
        calendar("{ closed: [2026-12-31, 2026-05-04], closed-file: off.txt, open: [2026-02-28], open-file: on.txt }");

        assertThat(days().closed()).isEqualTo(dates("2026-05-04", "2026-12-24", "2026-12-31"));
        assertThat(days().open()).isEqualTo(dates("2026-02-28", "2026-12-26"));
    }

    @Test
    void readsAllDayEventsOfICalendar() {
        folder.with(
                "plant.ics",
                events(
                        "UID:1\nDTSTART;VALUE=DATE:20260302\nSUMMARY:Inventory",
                        "UID:2\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\nSUMMARY:Christmas\\, all closed",
                        "UID:3\nDTSTART:20260401T080000Z\nDTEND:20260401T090000Z\nSUMMARY:a meeting",
                        "UID:4\nDTSTART;VALUE=DATE:20260601\nSTATUS:CANCELLED\nSUMMARY:dropped"));
        calendar("closed-file: plant.ics");

        assertThat(days().closed()).isEqualTo(dates("2026-03-02", "2026-12-24", "2026-12-25", "2026-12-26"));
        assertThat(days().names()).containsEntry(LocalDate.parse("2026-12-25"), "Christmas, all closed (plant.ics)");
    }

    @Test
    void readsRecurringEventsWithTheirExceptions() {
        folder.with(
                "plant.ics",
                events(
                        "UID:1\nDTSTART;VALUE=DATE:20250501\nRRULE:FREQ=YEARLY;UNTIL=20290501\n"
                                + "EXDATE;VALUE=DATE:20270501\nSUMMARY:Founders' day",
                        "UID:1\nRECURRENCE-ID;VALUE=DATE:20280501\nDTSTART;VALUE=DATE:20280502\nSUMMARY:Founders' day"));
        calendar("closed-file: plant.ics");

        assertThat(days().closed()).isEqualTo(dates("2025-05-01", "2026-05-01", "2028-05-02", "2029-05-01"));
    }

    @Test
    void endsRulesWithoutAnEndInTheYear2100() {
        folder.with("plant.ics", events("UID:1\nDTSTART;VALUE=DATE:20250501\nRRULE:FREQ=YEARLY"));
        calendar("closed-file: plant.ics");

        assertThat(days().closed()).hasSize(76).endsWith(LocalDate.parse("2100-05-01"));
    }

    @Test
    void keepsTheDatesWithTheDefinitionOfARun() {
        folder.with("plant.txt", "2026-12-24 Christmas\n");
        calendar("closed-file: plant.txt");

        FrozenDefinition frozen = FrozenDefinition.of(folder.load().find("job").orElseThrow());
        assertThat(frozen.definition()).isEqualTo(folder.load().find("job").orElseThrow());
        assertThat(frozen.json()).contains("Christmas (plant.txt)");
    }

    @Test
    void noticesThatACalendarFileHasChanged() {
        calendar("closed-file: plant.txt").with("plant.txt", "2026-12-24\n");
        String before = DefinitionLoader.fingerprint(folder.path());
        folder.with("plant.txt", "2026-12-25\n");

        assertThat(DefinitionLoader.fingerprint(folder.path())).isNotEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ../secret.txt  | must be the name of an .ics or .txt file in the folder of definitions
            missing.txt    | there is no such file in the folder of definitions
            bad.txt        | line 2: there is no date '2026-13-01'
            backwards.txt  | line 1: 2026-01-01 is before 2026-01-02
            latin.txt      | the file is not UTF-8 text
            far.txt        | it has more than 10,000 dates
            bad.ics        | it is no iCalendar file: Error at line 4
            meeting.ics    | it has no all-day event
            empty.ics      | it is no iCalendar file
            endless.ics    | it has more than 10,000 dates
            minutes.ics    | it is no iCalendar file
            """)
    void saysWhatIsWrongWithACalendarFile(String name, String mistake) throws Exception {
        folder.with("bad.txt", "2026-12-01\n2026-13-01\n")
                .with("backwards.txt", "2026-01-02..2026-01-01")
                .with("far.txt", "2000-01-01..2099-01-01")
                .with("bad.ics", "BEGIN:VCALENDAR\r\nnonsense\r\nEND:VCALENDAR\r\n")
                .with("meeting.ics", events("UID:3\nDTSTART:20260401T080000Z\nDTEND:20260401T090000Z"))
                .with("empty.ics", "")
                .with("endless.ics", events("UID:1\nDTSTART;VALUE=DATE:20250501\nRRULE:FREQ=DAILY"))
                .with("minutes.ics", events("UID:1\nDTSTART;VALUE=DATE:20250501\nRRULE:FREQ=SECONDLY"));
        Files.write(folder.path().resolve("latin.txt"), new byte[] {(byte) 0xe4, '\n'});
        calendar("closed-file: " + name);

        assertThat(folder.problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("job.yaml:14:22: ")
                .contains(mistake);
    }
}
