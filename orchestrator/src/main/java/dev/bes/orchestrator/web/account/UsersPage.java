package dev.bes.orchestrator.web.account;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.AccountRefusedException;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.Accounts.OneTimePassword;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.web.problem.RefusedForms;
import dev.bes.orchestrator.web.request.FormPost;
import dev.bes.orchestrator.web.security.Requires;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of all users, for administrators. */
@Controller
@RequestMapping("/users")
final class UsersPage {
    private final Accounts accounts;
    private final RefusedForms refusedForms;

    UsersPage(Accounts accounts, RefusedForms refusedForms) {
        this.accounts = accounts;
        this.refusedForms = refusedForms;
    }

    @GetMapping
    @Requires(value = Role.ADMIN, everywhere = true)
    String users(Model model) {
        return show(model, null, null);
    }

    @FormPost
    @Requires(value = Role.ADMIN, everywhere = true)
    String add(
            @RequestParam String name,
            @RequestParam String grants,
            Model model,
            Access access,
            HttpServletRequest request,
            HttpServletResponse response) {
        model.addAttribute("adding", true);
        return answer(
                model, request, response, () -> accounts.add(name.strip(), KeysPage.texts(grants), access.name()));
    }

    @FormPost("/{name}/grants")
    @Requires(value = Role.ADMIN, everywhere = true)
    String changeGrants(
            @PathVariable String name,
            @RequestParam String grants,
            Model model,
            Access access,
            HttpServletRequest request,
            HttpServletResponse response) {
        return change(
                model, request, response, () -> accounts.changeGrants(name, KeysPage.texts(grants), access.name()));
    }

    @FormPost("/{name}/reset-password")
    @Requires(value = Role.ADMIN, everywhere = true)
    String resetPassword(
            @PathVariable String name,
            Model model,
            Access access,
            HttpServletRequest request,
            HttpServletResponse response) {
        return answer(model, request, response, () -> accounts.resetPassword(name, access.name()));
    }

    @FormPost("/{name}/disable")
    @Requires(value = Role.ADMIN, everywhere = true)
    String disable(
            @PathVariable String name,
            Model model,
            Access access,
            HttpServletRequest request,
            HttpServletResponse response) {
        return change(model, request, response, () -> accounts.disable(name, access.name()));
    }

    @FormPost("/{name}/enable")
    @Requires(value = Role.ADMIN, everywhere = true)
    String enable(
            @PathVariable String name,
            Model model,
            Access access,
            HttpServletRequest request,
            HttpServletResponse response) {
        return change(model, request, response, () -> accounts.enable(name, access.name()));
    }

    @FormPost("/{name}/sign-out")
    @Requires(value = Role.ADMIN, everywhere = true)
    String signOut(
            @PathVariable String name,
            Model model,
            Access access,
            HttpServletRequest request,
            HttpServletResponse response) {
        return change(
                model,
                request,
                response,
                () -> accounts.signOutEverywhere(accounts.named(name).id(), access.name()));
    }

    private String change(Model model, HttpServletRequest request, HttpServletResponse response, Runnable change) {
        return answer(model, request, response, () -> {
            change.run();
            return null;
        });
    }

    /** A one-time password is in this answer and nowhere else; what has none leads back to the list. */
    private String answer(
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            Supplier<@Nullable OneTimePassword> change) {
        try {
            OneTimePassword made = change.get();
            return made == null ? "redirect:/users" : show(model, made, null);
        } catch (AccountRefusedException e) {
            return show(model, null, refusedForms.refuse(e, request, response));
        }
    }

    private String show(Model model, @Nullable OneTimePassword made, @Nullable String error) {
        model.addAttribute("users", accounts.all());
        model.addAttribute("localUsers", accounts.hasLocalUsers());
        model.addAttribute("made", made);
        model.addAttribute("error", error);
        return "users";
    }
}
