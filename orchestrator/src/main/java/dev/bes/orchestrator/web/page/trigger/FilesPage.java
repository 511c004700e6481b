package dev.bes.orchestrator.web.page.trigger;

import dev.bes.api.installation.FilesJson.FileJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.trigger.arrival.ledger.FileFilter;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecords;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import dev.bes.orchestrator.web.api.installation.FileRetries;
import dev.bes.orchestrator.web.format.RelativeTimes;
import dev.bes.orchestrator.web.format.RelativeTimes.Moment;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.request.FileQuery;
import dev.bes.orchestrator.web.security.Requires;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** The page of arriving files. */
@Controller
final class FilesPage {
    private final FileRecords records;
    private final FileRetries retries;
    private final RelativeTimes relativeTimes;

    FilesPage(FileRecords records, FileRetries retries, RelativeTimes relativeTimes) {
        this.records = records;
        this.retries = retries;
        this.relativeTimes = relativeTimes;
    }

    /**
     * A file.
     *
     * @param file as the ledger knows it
     * @param seen when it was first seen
     * @param since when it came into its state
     * @param mayRetry whether the caller may put it back from quarantine
     */
    record Row(FileRecord file, Moment seen, Moment since, boolean mayRetry) {}

    @GetMapping("/files")
    @Requires(Role.VIEWER)
    @Listed(
            of = FileJson.class,
            items = "files",
            sort = {"-id"},
            usual = 100,
            most = 200)
    String files(@ModelAttribute("query") FileQuery query, ListQuery list, Model model, Access access) {
        FileFilter filter = query.filter(access.scope(Role.VIEWER));
        ListQuery.Page<FileRecord> page =
                list.read((descending, after, limit) -> records.list(filter, descending, after, limit), FileRecord::id);
        model.addAttribute(
                "rows",
                page.items().stream()
                        .map(file -> new Row(
                                file,
                                relativeTimes.of(file.seen()),
                                relativeTimes.of(file.since()),
                                retries.may(file, access)))
                        .toList());
        model.addAttribute("older", page.next());
        model.addAttribute("newest", list.after() != null);
        model.addAttribute(
                "states", Arrays.stream(FileState.values()).map(FileState::word).toList());
        return "files";
    }

    @PostMapping(
            path = "/files/{id:\\d{1,18}}/retry",
            consumes = {MediaType.APPLICATION_FORM_URLENCODED_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE},
            produces = MediaType.TEXT_HTML_VALUE)
    @Requires(Role.OPERATOR)
    String retry(@PathVariable long id, @RequestBody(required = false) byte @Nullable [] noFields, Access access) {
        retries.retry(id, access);
        return "redirect:/files";
    }
}
