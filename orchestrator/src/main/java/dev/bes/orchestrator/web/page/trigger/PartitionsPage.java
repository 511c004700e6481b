package dev.bes.orchestrator.web.page.trigger;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.template.InvalidParametersException;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.definition.template.UnknownParameterException;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.trigger.backfill.BackfillFilter;
import dev.bes.orchestrator.trigger.backfill.BackfillFilter.Order;
import dev.bes.orchestrator.trigger.backfill.BackfillPlan;
import dev.bes.orchestrator.trigger.backfill.BackfillPlanner;
import dev.bes.orchestrator.trigger.backfill.BackfillRequest;
import dev.bes.orchestrator.trigger.backfill.Backfills;
import dev.bes.orchestrator.trigger.backfill.Partitions;
import dev.bes.orchestrator.trigger.backfill.TooManyTimesException;
import dev.bes.orchestrator.web.api.backfill.BackfillRequests;
import dev.bes.orchestrator.web.api.backfill.PartitionQuery;
import dev.bes.orchestrator.web.api.backfill.PartitionQuery.Span;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.RefusedForms;
import dev.bes.orchestrator.web.request.FormPost;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of a definition's partitions: a grid of what is done and missing, its backfills, and a form for another one. */
@Controller
final class PartitionsPage {
    private static final int SHOWN = 20;

    private final Authorization authorization;
    private final Partitions partitions;
    private final BackfillRequests requests;
    private final BackfillPlanner planner;
    private final Backfills backfills;
    private final InstantSource clock;
    private final RefusedForms refusedForms;

    PartitionsPage(
            Authorization authorization,
            Partitions partitions,
            BackfillRequests requests,
            BackfillPlanner planner,
            Backfills backfills,
            InstantSource clock,
            RefusedForms refusedForms) {
        this.authorization = authorization;
        this.partitions = partitions;
        this.requests = requests;
        this.planner = planner;
        this.backfills = backfills;
        this.clock = clock;
        this.refusedForms = refusedForms;
    }

    @GetMapping("/definitions/{name}/partitions")
    @Requires(Role.VIEWER)
    String partitions(
            @PathVariable String name, @ModelAttribute("query") PartitionQuery query, Model model, Access access) {
        Definition definition = authorization.definition(name, access, Role.VIEWER);
        return show(model, access, definition, query.span(clock.instant()));
    }

    private String show(Model model, Access access, Definition definition, Span span) {
        model.addAttribute("definition", definition);
        model.addAttribute("grid", PartitionGrid.of(partitions.of(definition, span.since(), span.until())));
        model.addAttribute("key", UUID.randomUUID().toString());
        model.addAttribute("since", span.since().toString().substring(0, 10));
        model.addAttribute("until", span.until().minusMillis(1).toString().substring(0, 10));
        model.addAttribute(
                "backfills",
                backfills.list(
                        new BackfillFilter(access.scope(Role.VIEWER), definition.name(), null), Order.NEWEST, SHOWN));
        return "partitions";
    }

    @FormPost("/definitions/{name}/backfills")
    @Requires(Role.OPERATOR)
    String backfill(
            @PathVariable String name,
            @RequestParam Map<String, String> form,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            Access access) {
        Definition definition = authorization.definition(name, access, Role.OPERATOR);
        model.addAttribute("form", form);
        try {
            BackfillRequest asked = requests.read(BackfillForm.asked(name, form), access);
            if (!"plan".equals(form.get("action"))) {
                backfills.create(asked, Actor.user(access.name()), BackfillForm.key(name, form));
                return "redirect:/definitions/{name}/partitions";
            }
            BackfillPlan plan = planner.plan(asked);
            model.addAttribute("plan", plan);
        } catch (ProblemException
                | TemplateException
                | InvalidParametersException
                | UnknownParameterException
                | TooManyTimesException e) {
            model.addAttribute("error", refusedForms.refuse(e, request, response));
        }
        return show(model, access, definition, new PartitionQuery(null, null).span(clock.instant()));
    }
}
