package dev.bes.orchestrator.web.account;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.AccountRefusedException;
import dev.bes.orchestrator.account.AccountSettings;
import dev.bes.orchestrator.account.ApiKeys;
import dev.bes.orchestrator.account.ApiKeys.NewKey;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.web.problem.RefusedForms;
import dev.bes.orchestrator.web.request.FormPost;
import dev.bes.orchestrator.web.security.RequiresSignIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of API keys: the caller's own, and those of all users if he is an administrator. */
@Controller
final class KeysPage {
    private final ApiKeys keys;
    private final AccountSettings settings;
    private final InstantSource clock;
    private final RefusedForms refusedForms;

    KeysPage(ApiKeys keys, AccountSettings settings, InstantSource clock, RefusedForms refusedForms) {
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
        this.refusedForms = refusedForms;
    }

    @GetMapping("/keys")
    @RequiresSignIn
    String keys(Model model, Access access) {
        return show(model, access, null, null);
    }

    @FormPost("/keys")
    @RequiresSignIn
    String create(
            @RequestParam String name,
            @RequestParam String grants,
            @RequestParam int days,
            Model model,
            Access access,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            // the text is in this answer and nowhere else
            return show(model, access, keys.create(access, name, texts(grants), Duration.ofDays(days)), null);
        } catch (AccountRefusedException e) {
            return show(model, access, null, refusedForms.refuse(e, request, response));
        }
    }

    @FormPost("/keys/{id}/revoke")
    @RequiresSignIn
    String revoke(@PathVariable String id, Access access) {
        keys.revoke(access, id);
        return "redirect:/keys";
    }

    /** The grants that a field holds, between commas or blanks. */
    static List<String> texts(String field) {
        return Arrays.stream(field.strip().split("[,\\s]+"))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private String show(Model model, Access access, @Nullable NewKey made, @Nullable String error) {
        boolean all = access.mayEverywhere(Role.ADMIN);
        model.addAttribute("keys", all ? keys.all() : keys.of(access.account()));
        model.addAttribute("all", all);
        model.addAttribute("made", made);
        model.addAttribute("error", error);
        model.addAttribute("longest", settings.apiKeyMaxLifetime().toDays());
        model.addAttribute("usual", settings.apiKeyLifetime().toDays());
        model.addAttribute("now", clock.instant());
        model.addAttribute(
                "canOwn", access.account() != null && !access.grants().isEmpty());
        return "keys";
    }
}
