package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.callback.Callbacks;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.command.Cancellation;
import dev.bes.orchestrator.run.command.Resumption;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.run.shadow.ShadowReader;
import dev.bes.orchestrator.trigger.arrival.ledger.ChangedFiles;
import dev.bes.orchestrator.trigger.request.Reruns;
import dev.bes.orchestrator.web.api.RunMapper;
import dev.bes.orchestrator.web.format.RelativeTimes;
import dev.bes.orchestrator.web.problem.Address;
import dev.bes.orchestrator.web.request.IdempotencyKey;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The page of one run. */
@Controller
final class RunPage {
    private static final int SCORINGS = 100;
    private static final int HISTORY = 300;

    private final Authorization authorization;
    private final RunReader reader;
    private final Cancellation cancellation;
    private final Resumption resumption;
    private final ChangedFiles changedFiles;
    private final RelativeTimes relativeTimes;
    private final Reruns reruns;
    private final Callbacks callbacks;
    private final ShadowReader shadows;

    RunPage(
            Authorization authorization,
            RunReader reader,
            Cancellation cancellation,
            Resumption resumption,
            ChangedFiles changedFiles,
            RelativeTimes relativeTimes,
            Reruns reruns,
            Callbacks callbacks,
            ShadowReader shadows) {
        this.authorization = authorization;
        this.reader = reader;
        this.changedFiles = changedFiles;
        this.cancellation = cancellation;
        this.resumption = resumption;
        this.relativeTimes = relativeTimes;
        this.reruns = reruns;
        this.callbacks = callbacks;
        this.shadows = shadows;
    }

    @GetMapping("/runs/{id:\\d{1,18}}")
    @Requires(Role.VIEWER)
    String run(@PathVariable long id, @RequestParam(defaultValue = "0") int after, Model model, Access access) {
        RunView run = authorization.run(id, access, Role.VIEWER);
        List<ScoringView> scorings = reader.scorings(id, after, SCORINGS);
        List<HistoryEntry> history = reader.history(id, HISTORY);
        model.addAttribute("run", RunRow.of(run, relativeTimes));
        model.addAttribute("changed", changedFiles.of(id));
        model.addAttribute("self", Address.of("/runs/" + id) + (after == 0 ? "" : "?after=" + after));
        model.addAttribute("reruns", reader.reruns(id));
        model.addAttribute("callbacks", callbacks.of(id));
        model.addAttribute("shadowOf", shadows.ofShadow(id).orElse(null));
        model.addAttribute("shadows", shadows.list(id, false, (long) after, SCORINGS));
        model.addAttribute("key", UUID.randomUUID().toString());
        model.addAttribute("counts", RunMapper.counts(reader.counts(id)));
        model.addAttribute(
                "scorings",
                scorings.stream().map(s -> ScoringRow.of(id, s, relativeTimes)).toList());
        model.addAttribute(
                "more",
                RunMapper.more(run, scorings).isEmpty()
                        ? null
                        : Address.of("/runs/" + id) + "?after="
                                + scorings.getLast().position());
        model.addAttribute("history", history.stream().map(HistoryRow::of).toList());
        model.addAttribute("historyCut", history.size() == HISTORY);
        model.addAttribute(
                "api",
                ServletUriComponentsBuilder.fromCurrentRequestUri()
                        .replacePath(RunMapper.address(id))
                        .toUriString());
        return "run";
    }

    @PostMapping(
            path = "/runs/{id:\\d{1,18}}/cancel",
            consumes = {MediaType.APPLICATION_FORM_URLENCODED_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE},
            produces = MediaType.TEXT_HTML_VALUE)
    @Requires(Role.OPERATOR)
    String cancel(@PathVariable long id, @RequestBody(required = false) byte @Nullable [] noFields, Access access) {
        authorization.run(id, access, Role.OPERATOR);
        // a run that has ended meanwhile shows so itself
        cancellation.cancel(id, Actor.user(access.name()));
        return "redirect:/runs/" + id;
    }

    @PostMapping(
            path = "/runs/{id:\\d{1,18}}/rerun",
            consumes = {MediaType.APPLICATION_FORM_URLENCODED_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE},
            produces = MediaType.TEXT_HTML_VALUE)
    @Requires(Role.OPERATOR)
    String rerun(
            @PathVariable long id,
            @RequestParam String key,
            @RequestParam(defaultValue = "false") boolean failed,
            HttpServletRequest request,
            Access access) {
        RunView run = authorization.run(id, access, Role.OPERATOR);
        if (!run.state().ended()) {
            return "redirect:/runs/" + id;
        }
        return "redirect:/runs/"
                + reruns.accept(id, failed, IdempotencyKey.of(request, key), access.name())
                        .id();
    }

    @PostMapping(
            path = "/runs/{id:\\d{1,18}}/scorings/{position:\\d{1,9}}/resume",
            consumes = {MediaType.APPLICATION_FORM_URLENCODED_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE},
            produces = MediaType.TEXT_HTML_VALUE)
    @Requires(Role.OPERATOR)
    String resume(
            @PathVariable long id,
            @PathVariable int position,
            @RequestBody(required = false) byte @Nullable [] noFields,
            Access access) {
        authorization.run(id, access, Role.OPERATOR);
        // one that goes on already, or was cancelled meanwhile, shows so itself
        resumption.resume(id, position, Actor.user(access.name()));
        return "redirect:/runs/" + id;
    }
}
