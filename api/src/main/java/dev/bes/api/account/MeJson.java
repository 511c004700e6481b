package dev.bes.api.account;

import java.util.List;

/**
 * Who the caller is, and what he may do.
 *
 * @param name how history and audit name him
 * @param signIn whether callers must sign in; false if everybody who reaches the service may do anything
 * @param grants each is a role, {@code viewer}, {@code operator} or {@code admin}, or {@code role:pattern} of names of definitions
 * @param mustChangePassword whether he has a one-time password, and may do nothing until he has changed it
 */
public record MeJson(String name, boolean signIn, List<String> grants, boolean mustChangePassword) {}
