package dev.bes.orchestrator.web.account;

import dev.bes.orchestrator.web.security.PasswordSignIn;
import dev.bes.orchestrator.web.security.Public;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page where people sign in. Spring Security answers its form. */
@Controller
final class SignInPage {
    private final PasswordSignIn passwords;

    SignInPage(PasswordSignIn passwords) {
        this.passwords = passwords;
    }

    @GetMapping("/sign-in")
    @Public
    String signIn(
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String out,
            Model model) {
        model.addAllAttributes(passwords.model(to, null, null));
        model.addAttribute("out", out != null);
        return "sign-in";
    }
}
