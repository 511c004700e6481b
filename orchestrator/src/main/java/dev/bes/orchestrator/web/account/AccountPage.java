package dev.bes.orchestrator.web.account;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Account;
import dev.bes.orchestrator.account.AccountRefusedException;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.web.problem.RefusedForms;
import dev.bes.orchestrator.web.request.FormPost;
import dev.bes.orchestrator.web.security.RequiresSignIn;
import dev.bes.orchestrator.web.security.session.AccountSessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of the caller's own account: what he may do, his password, his sessions. */
@Controller
final class AccountPage {
    private final Accounts accounts;
    private final AccountSessions sessions;
    private final RefusedForms refusedForms;

    AccountPage(Accounts accounts, AccountSessions sessions, RefusedForms refusedForms) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.refusedForms = refusedForms;
    }

    @GetMapping("/account")
    @RequiresSignIn
    String account(@RequestParam(required = false) @Nullable String changed, Model model, Access access) {
        model.addAttribute("changed", changed != null);
        return show(model, access, null);
    }

    @FormPost("/account/password")
    @RequiresSignIn
    String changePassword(
            @RequestParam String current,
            @RequestParam String chosen,
            @RequestParam String again,
            Model model,
            Access access,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            if (!chosen.equals(again)) {
                throw new AccountRefusedException(
                        AccountRefusedException.Reason.WEAK_PASSWORD, "The two new passwords differ");
            }
            sessions.renew(accounts.changePassword(own(access), current, chosen), request, response);
            return "redirect:/account?changed";
        } catch (AccountRefusedException e) {
            return show(model, access, refusedForms.refuse(e, request, response));
        }
    }

    @FormPost("/account/sign-out-everywhere")
    @RequiresSignIn
    String signOutEverywhere(Access access) {
        accounts.signOutEverywhere(own(access), access.name());
        return "redirect:/sign-in?out";
    }

    private String show(Model model, Access access, @Nullable String error) {
        Account account = access.account() == null
                ? null
                : accounts.find(access.account()).orElse(null);
        model.addAttribute("account", account);
        model.addAttribute("error", error);
        return "account";
    }

    private static long own(Access access) {
        if (access.account() == null) {
            throw new AccountRefusedException(
                    AccountRefusedException.Reason.NO_ACCOUNT, "'%s' has no account".formatted(access.name()));
        }
        return access.account();
    }
}
