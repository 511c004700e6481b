package dev.bes.orchestrator.definition.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One slip at a time in a good definition: exactly one problem, at the right place, in the right words. */
class DefinitionSlipsTests {

    @TempDir
    Path folder;

    /** The words {@code from} of the good definition are replaced by {@code to}, where {@code |} is a line break. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            # keys
            endpoint: hashing ; endpont: hashing ; 2:1: unknown key 'endpont' — did you mean 'endpoint'?
            endpoint: hashing| ; `` ; 1:1: missing key 'endpoint'
            input1: ; input1:|    form: x.csv ; 5:5: unknown key 'form' — known: columns
            from: ; form: ; 5:5: unknown key 'form' — did you mean 'from'?
            endpoint: ; name: job|endpoint: ; 2:1: duplicate key 'name' — first in line 1
            # types
            from: in/*.csv ; from: [in.csv] ; 5:11: 'from' must be text, not a list
            from: in/*.csv ; from: 7 ; 5:11: 'from' must be text, not a number — write it in quotes: "7"
            from: in/*.csv ; columns: Species ; 5:14: 'columns' must be a list, not text — write [Species]
            from: in/*.csv ; columns: [a, ''] ; 5:18: 'columns[1]' is empty
            from: in/*.csv ; from: ; 5:10: 'from' is empty
            rows: same ; rows: sane ; 8:11: 'rows' must be same or any, not sane — did you mean 'same'?
            outputs:|  output1:|    rows: same ; outputs: {} ; 6:10: 'outputs' is empty
            output1:|    rows: same ; output1: ; 7:11: 'output1' is empty — fill it, or leave the key out
            # text that looks like something else is quoted as it stands
            from: in/*.csv ; from: 1e3 ; 5:11: 'from' must be text, not a number — write it in quotes: "1e3"
            from: in/*.csv ; from: 1.50 ; 5:11: 'from' must be text, not a number — write it in quotes: "1.50"
            from: in/*.csv ; from: -0 ; 5:11: 'from' must be text, not a number — write it in quotes: "-0"
            from: in/*.csv ; from: 1. ; 5:11: 'from' must be text, not a number — write it in quotes: "1."
            from: in/*.csv ; from: 1.5e+20 ; 5:11: 'from' must be text, not a number — write it in quotes: "1.5e+20"
            from: in/*.csv ; from: 1e999 ; 5:11: 'from' must be text, not a number — write it in quotes: "1e999"
            from: in/*.csv ; from: .inf ; 5:11: 'from' must be text, not a number — write it in quotes: ".inf"
            from: in/*.csv ; from: 12345678901234567890123 ; 5:11: 'from' must be text, not a number — write it in quotes: "12345678901234567890123"
            from: in/*.csv ; from: null ; 5:11: 'from' is empty — fill it, leave the key out, or write it in quotes: "null"
            from: in/*.csv ; columns: [1e3] ; 5:15: 'columns[0]' must be text, not a number — write it in quotes: "1e3"
            rows: same ; rows: 1e3 ; 8:11: 'rows' must be same or any, not 1e3
            rows: same ; header: none ; 8:13: 'header' must be present or absent, not none
            rows: same ; header: absent ; 8:5: 'header: absent' without 'columns' — name all columns, in their order
            # names
            name: job ; name: Job ; 1:7: 'name' must be lower-case letters, digits and '-', at most 63, not 'Job'
            name: job ; name: 7_ ; 1:7: 'name' must be lower-case letters, digits and '-', at most 63, not '7_'
            name: job ; name: jab ; 1:7: name 'jab' is not the name of the file — write 'job', or rename the file to jab.yaml
            input1: ; in/1: ; 4:3: name 'in/1' must be letters, digits, space, '.', '_' and '-', at most 63
            endpoint: hashing ; endpoint: hash1ng ; 2:11: unknown endpoint 'hash1ng' — did you mean 'hashing'?
            endpoint: hashing ; endpoint: score ; 2:11: unknown endpoint 'score' — known: hashing, iris
            # paths
            in/*.csv ; /in/a.csv ; 5:11: 'from' must be relative
            in/*.csv ; C:/in/a.csv ; 5:11: 'from' must be relative
            in/*.csv ; in/../../a.csv ; 5:11: 'from' must not leave its folder by '..'
            in/*.csv ; in\\a.csv ; 5:11: 'from' must be written with '/'
            in/*.csv ; in/${run.id}.csv ; 5:11: ${run.id} has no value before the run has its files — use ${fire.time}, ${request.NAME} or ${definition}
            in/*.csv ; in/${fire.tme}.csv ; 5:11: ${fire.tme} is not a template: did you mean 'fire.time'?
            in/*.csv ; in/${fire.time}.csv ; 5:11: ${fire.time} has no value in any run: the job has no schedule — add a schedule, or leave it out
            in/*.csv ; 'in/[a' ; 5:11: 'from' is not a valid glob: missing ]
            # names that become one
            outputs: ; `outputs:|  "output 1": {}|  output_1: {}` ; 8:3: output 'output_1' and output 'output 1' (job.yaml:7:3) both become 'output_1' in names of files and blobs — rename one of them in the web service
            input1: ; `"a b": {from: b.csv}|  a_b:` ; 5:3: input 'a_b' and input 'a b' (job.yaml:4:3) both become 'a_b' in names of files and blobs — rename one of them in the web service
            # a trigger brings one input
            outputs: ; `  input2: {columns: [a]}|outputs:` ; 6:3: missing key 'from' — a trigger brings only one input
            outputs: ; `  input2: {form: b.csv}|outputs:` ; 6:12: unknown key 'form' — did you mean 'from'?
            """)
    void namesTheOneSlip(String from, String to, String expected) {
        String good = DefinitionFolder.GOOD;
        assertThat(good).contains(lines(from));
        String bad = good.replace(lines(from), lines(to));
        assertThat(problems(bad)).containsExactly("job.yaml:" + expected);
    }

    /** The good definition has 8 lines; {@code addition} is what follows, where {@code |} is a line break. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            # durations and numbers
            deadline: 4 hours ; 9:11: 'deadline' must be a duration such as 30s, 5m, 4h, 1h30m or 1d, not '4 hours'
            deadline: 4 ; 9:11: 'deadline' must be a duration such as 30s, 5m, 4h, 1h30m or 1d, not 4
            deadline: "4h\\n" ; `9:11: 'deadline' must be a duration such as 30s, 5m, 4h, 1h30m or 1d, not '4h|'`
            deadline: 0s ; 9:11: 'deadline' must be longer than 0s
            attempts: {max: 0} ; 9:17: 'max' must be at least 1, not 0
            attempts: {max: 11} ; 9:17: 'max' must be at most 10, not 11
            attempts: {max: 99999999999999999999} ; 9:17: 'max' must be at most 10, not 99999999999999999999
            attempts: {max: 1e999999999} ; 9:17: number out of range
            attempts: {max: 1.5} ; 9:17: 'max' must be a whole number, not 1.5
            attempts: {max: two} ; 9:17: 'max' must be a whole number, not text
            attempts: 2 ; 9:11: 'attempts' must be a group of keys, not a number
            request-response: {rows: 0} ; 9:26: 'rows' must be at least 1, not 0
            request-response: {rows: 1001} ; 9:26: 'rows' must be at most 1000, not 1001
            request-response: {rows: few} ; 9:26: 'rows' must be a whole number, not text
            request-response: {row: 5} ; 9:20: unknown key 'row' — did you mean 'rows'?
            request-response: true ; 9:19: 'request-response' must be a group of keys, not true or false
            description: true ; 9:14: 'description' must be text, not true or false — write it in quotes: "true"
            # shadows
            shadow: {endpoint: iriss} ; 9:20: unknown endpoint 'iriss' — did you mean 'iris'?
            shadow: {endpoint: hashing} ; 9:20: a shadow needs another endpoint than 'hashing'
            shadow: {share: 10%} ; 9:1: missing key 'endpoint'
            shadow: iris ; 9:9: 'shadow' must be a group of keys, not text
            shadow: {endpoint: iris, share: 10} ; 9:33: 'share' must be more than 0% and at most 100%, such as 10%, not 10
            shadow: {endpoint: iris, share: 101%} ; 9:33: 'share' must be more than 0% and at most 100%, such as 10%, not '101%'
            shadow: {endpoint: iris, share: 0.0%} ; 9:33: 'share' must be more than 0% — or remove 'shadow'
            shadow: {endpoint: iris, tolerance: -1} ; 9:37: 'tolerance' must be at least 0, not -1
            shadow: {endpoint: iris, columns: {P: x}} ; 9:39: 'P' must be a number, not text
            shadow: {endpoint: iris, header: none} ; 9:34: 'header' must be present or absent, not none
            # templates
            parameters: {p: 3} ; 9:17: 'p' must be text, not a number — write it in quotes: "3"
            parameters: {p: "${run.idd}"} ; 9:17: ${run.idd} is not a template: did you mean 'run.id'?
            parameters: {p: "${now}"} ; 9:17: ${now} is not a template: known: definition, run.id, run.time, fire.time, file.name, file.stem, request.NAME
            parameters: {p: "a ${run.id"} ; 9:17: '${run.id' has no '}'
            parameters: {p: "${run.id:x}"} ; 9:17: ${run.id:x} takes no ':'
            parameters: {p: "${run.time:bb}"} ; 9:17: ${run.time:bb} has a bad pattern: Unknown pattern letter: b
            parameters: {p: "${request.}"} ; 9:17: ${request.} must be named by letters, digits, '.', '_' and '-'
            parameters: {p: "${request.a:eu}"} ; 9:17: ${request.a:eu} takes only a default, as in ${request.a:-eu}
            # delivery
            delivery: {folder: /out} ; 9:20: 'folder' must be relative
            delivery: {folder: "../${run.id}"} ; 9:20: 'folder' must not leave its folder by '..'
            delivery: {folder: "a/${runid}"} ; 9:20: ${runid} is not a template: did you mean 'run.id'?
            deadline: 1e1 ; 9:11: 'deadline' must be a duration such as 30s, 5m, 4h, 1h30m or 1d, not 1e1
            attempts: {max: 1e20} ; 9:17: number out of range
            # patterns that mean something else
            delivery: {folder: "${run.time:YYYY-MM-dd}"} ; 9:20: ${run.time:YYYY-MM-dd}: 'YYYY' is the year of the week, which differs from the year of the date around New Year — did you mean ${run.time:yyyy-MM-dd}?
            delivery: {folder: "${run.time:YYYY}"} ; 9:20: ${run.time:YYYY}: 'YYYY' is the year of the week, which differs from the year of the date around New Year — did you mean ${run.time:yyyy}?
            delivery: {folder: "${run.time:yyyy-MM-DD}"} ; 9:20: ${run.time:yyyy-MM-DD}: 'DD' is the day of the year, from 1 to 366 — did you mean ${run.time:yyyy-MM-dd}?
            delivery: {folder: "${run.time:yyyy-mm-dd}"} ; 9:20: ${run.time:yyyy-mm-dd}: 'mm' is the minute — did you mean ${run.time:yyyy-MM-dd}?
            delivery: {folder: "${run.time:yyyymmdd'T'HHmm}"} ; 9:20: ${run.time:yyyymmdd'T'HHmm}: 'mm' is the minute — did you mean ${run.time:yyyyMMdd'T'HHmm}?
            delivery: {folder: "${run.time:yyyy-MM-dd-hh}"} ; 9:20: ${run.time:yyyy-MM-dd-hh}: 'hh' is the hour of the half-day, the same in the morning and in the evening — did you mean ${run.time:yyyy-MM-dd-HH}?
            delivery: {folder: "${run.time:KK}"} ; 9:20: ${run.time:KK}: 'KK' is the hour of the half-day, the same in the morning and in the evening — did you mean ${run.time:HH}?
            delivery: {folder: "${run.time:HH-MM}"} ; 9:20: ${run.time:HH-MM}: 'MM' is the month, but stands in the position of a minute — did you mean ${run.time:HH-mm}?
            delivery: {folder: "${run.time:HHmmSSS}"} ; 9:20: ${run.time:HHmmSSS}: 'SSS' is the fraction of a second — did you mean ${run.time:HHmmss}?
            delivery: {folder: "${run.time:yyyy-ww}"} ; 9:20: ${run.time:yyyy-ww}: 'yyyy' is the year of the date, not the year of the week — did you mean ${run.time:YYYY-ww}?
            parameters: {p: "${run.time:YYYY-MM-dd}"} ; 9:17: ${run.time:YYYY-MM-dd}: 'YYYY' is the year of the week, which differs from the year of the date around New Year — did you mean ${run.time:yyyy-MM-dd}?
            # values that no trigger brings
            delivery: {folder: "${fire.time}"} ; 9:20: ${fire.time} has no value in any run: the job has no schedule — did you mean ${run.time}?
            triggers:|  schedules: [{name: n, cron: x}]|  files: [{folder: a}]|parameters: {p: "${fire.time:yyyy}"} ; 12:17: ${fire.time:yyyy} has no value in a run by a drop folder (job.yaml:11:11): each of its files would go to 'failed' — did you mean ${run.time:yyyy}?
            triggers:|  files: [{folder: a}]|parameters: {p: "${request.region}"} ; 11:17: ${request.region} has no value in a run by a drop folder (job.yaml:10:11): only a request has it — give it a default, as in ${request.region:-eu}
            triggers:|  schedules: [{name: n, cron: x}]|parameters: {p: "${request.region}"} ; 11:17: ${request.region} has no value in a run by a schedule (job.yaml:10:15): only a request has it — give it a default, as in ${request.region:-eu}
            trigers:|  schedules: [{name: n, cron: x}]|parameters: {p: "${fire.time}"} ; 9:1: unknown key 'trigers' — did you mean 'triggers'?
            partition: "${fire.time:yyyy}" ; 9:12: ${fire.time:yyyy} has no value in any run: the job has no schedule — add a schedule, or leave it out
            callbacks: [hooks.example.com] ; 9:13: a callback must begin with https:// or http://
            callbacks: [https://a.example/, "https://user@b.example/"] ; 9:33: a callback must have no user or password in front of the host
            callbacks: [http://2130706433/] ; 9:13: a callback must name a host, such as https://hooks.example.com/done
            callbacks: https://a.example/ ; 9:12: 'callbacks' must be a list, not text — write [https://a.example/]
            callbacks: [https://a.example/, https://a.example/] ; 9:33: the callback is there twice — remove one of them
            partition: "${run.id}" ; 9:12: ${run.id} differs in every run: no run would be of the same partition — use ${fire.time}, ${request.NAME} or ${file.stem}
            partition: "${day}" ; 9:12: ${day} is not a template: known: definition, run.id, run.time, fire.time, file.name, file.stem, request.NAME
            # fairness and pools
            fairness: {} ; 9:1: missing key 'key' — or write 'by'
            fairness: {key: "${run.id}", by: "{key}.csv"} ; 9:30: 'by' beside 'key': scorings take turns by one of them
            fairness: {key: tenant} ; 9:17: 'key' has no template: all scorings would have the same key — write ${request.NAME}, or leave it out
            fairness: {key: "${tenant}"} ; 9:17: ${tenant} is not a template: known: definition, run.id, run.time, fire.time, file.name, file.stem, request.NAME
            fairness: {by: "*.csv"} ; 9:16: 'by' must be a name with {key} in it, such as {key}-*.csv, not '*.csv'
            triggers:|  files: [{folder: a}]|fairness: {key: "${request.tenant}"} ; 11:17: ${request.tenant} has no value in a run by a drop folder (job.yaml:10:11): only a request has it — give it a default, as in ${request.tenant:-eu}
            pool: GPU ; 9:7: 'pool' must be lower-case letters, digits and '-', at most 63, not 'GPU'
            # triggers
            triggers:|  schedules: [{name: n, cron: bad}] ; 10:31: bad cron expression: no such hour
            triggers:|  schedules: [{name: n}] ; 10:15: missing key 'cron' — or write 'every' or 'rule'
            triggers:|  schedules: [{name: n, cron: x, every: 5m}] ; 10:34: 'every' beside 'cron': a schedule has one of them — write another schedule
            triggers:|  schedules: [{name: n, every: 0s}] ; 10:32: 'every' must be at least 1s, not 0s
            triggers:|  schedules: [{name: n, rule: FREQ=DAILY}] ; 10:15: missing key 'start' — a rule counts from its first time
            triggers:|  schedules: [{name: n, cron: x, start: 2026-02-30}] ; 10:41: there is no date '2026-02-30'
            triggers:|  schedules: [{name: n, cron: x, start: 2026-03-01, end: 2026-02-01}] ; 10:58: 'end' is before 'start'
            triggers:|  schedules: [{name: n, cron: x, zone: America/NewYork}] ; 10:40: unknown time zone 'America/NewYork' — did you mean 'America/New_York'?
            triggers:|  schedules: [{name: n, cron: x, zone: Mars}] ; 10:40: unknown time zone 'Mars' — write a name such as Europe/Berlin, or UTC
            triggers:|  schedules: [{name: n, cron: x}, {name: n, cron: y}] ; 10:42: duplicate schedule 'n'
            triggers:|  files: [{folder: a/../b}] ; 10:20: 'folder' must not leave its folder by '..'
            triggers:|  files: [{folder: "${definition}"}] ; 10:20: 'folder' takes no templates
            triggers:|  files: [{folder: a, pattern: b/*.csv}] ; 10:32: 'pattern' must match the name of a file, without folders, not 'b/*.csv'
            triggers:|  files: [{folder: a, pattern: "{a"}] ; 10:32: 'pattern' is not a valid glob: missing }
            triggers:|  files: [{folder: a, input: inptu1}] ; 10:30: unknown input 'inptu1' — did you mean 'input1'?
            # YAML
            description: "open ; 10:1: not valid YAML: found unexpected end of stream
            description: a: b ; 9:15: not valid YAML: mapping values are not allowed here
            description: *x ; 9:14: aliases are not supported — write the value out
            description: !!str x ; 9:14: tags are not supported — write the plain value
            description: [[[[[[[[[[[[[]]]]]]]]]]]]] ; 9:25: nested too deeply
            ---|name: x ; 10:1: a second document starts here — write one job per file
            """)
    void namesTheOneMistakenAddition(String addition, String expected) {
        assertThat(problems(DefinitionFolder.GOOD + lines(addition) + "\n"))
                .containsExactly("job.yaml:" + lines(expected));
    }

    private List<String> problems(String text) {
        return new DefinitionFolder(folder).with("job.yaml", text).problems();
    }

    private static String lines(String text) {
        return text.replace('|', '\n');
    }
}
