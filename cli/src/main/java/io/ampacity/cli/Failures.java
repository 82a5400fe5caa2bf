package io.ampacity.cli;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.Issue;
import io.ampacity.documents.Place;
import io.ampacity.physics.PhysicsException;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.units.UnitException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells a failed run to the one who started it: on standard error, and with {@code --json} also as one document
 * {@code {"errors": [ … ]}} on standard output.
 */
final class Failures {

    private final Output output;
    private final boolean debug;

    /**
     * Makes the teller of one run.
     *
     * @param debug whether to show the stack of a fault
     */
    Failures(Output output, boolean debug) {
        this.output = output;
        this.debug = debug;
    }

    /** Tells {@code failure} and returns the exit code it deserves. */
    int tell(Throwable failure) {
        if (debug) {
            failure.printStackTrace(output.errors());
        }
        return switch (failure) {
            case DocumentException document -> tellIssues(document.issues());
            case ParameterException typed -> tellTyped(typed);
            case UnitException unit -> tellInput(String.valueOf(unit.getMessage()), unit.advice());
            case BadInput input -> tellInput(String.valueOf(input.getMessage()), input.advice());
            // Its message ends with the advice.
            case PlannerException planner -> tellInput(String.valueOf(planner.getMessage()), null);
            case PhysicsException unanswerable -> tellInput(String.valueOf(unanswerable.getMessage()), null);
            case UncheckedIOException io when io.getCause() != null -> tell(io.getCause());
            case FileSystemException file -> tellInput(describe(file), null);
            case InvalidPathException path -> tellInput("\"" + path.getInput() + "\" is no path", null);
            default -> tellFault(failure);
        };
    }

    private int tellIssues(List<Issue> issues) {
        List<Map<String, Object>> errors = new ArrayList<>();
        for (Issue issue : issues) {
            output.errors().println(issue);
            if (issue.isError()) {
                errors.add(document(issue));
            }
        }
        tellDocument(errors);
        return ExitCode.BAD_INPUT;
    }

    private int tellTyped(ParameterException typed) {
        String problem = String.valueOf(typed.getMessage());
        String name = typed.getCommandLine().getCommandSpec().qualifiedName();
        String advice = typed instanceof UnmatchedArgumentException unmatched
                ? String.join(
                        " or ", unmatched.getSuggestions().stream().limit(3).toList())
                : "";
        String hint = advice.isEmpty() ? "see " + name + " --help" : "you meant " + advice;
        return tellInput(problem, problem.contains("Maybe") ? null : hint);
    }

    private int tellInput(String problem, @Nullable String advice) {
        output.errors().println("ampacity: " + problem + (advice == null ? "" : ". Maybe " + advice));
        tellDocument(List.of(document(problem, advice)));
        return ExitCode.BAD_INPUT;
    }

    private int tellFault(Throwable failure) {
        String problem = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        output.errors().println("ampacity: this should not happen: " + problem);
        if (!debug) {
            output.errors()
                    .println("Run it again with --debug to see where, and please report it with what you typed.");
        }
        tellDocument(List.of(document(problem, null)));
        return ExitCode.FAULT;
    }

    /** Tells that the result could not be written, such as to a full disk. */
    int tellUnwritten(String reason) {
        output.errors().println("ampacity: cannot write the result: " + reason);
        return ExitCode.BAD_INPUT;
    }

    private void tellDocument(List<Map<String, Object>> errors) {
        if (output.json()) {
            output.document(Map.of("errors", errors));
        }
    }

    private static Map<String, Object> document(String problem, @Nullable String advice) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("problem", problem);
        if (advice != null) {
            error.put("advice", advice);
        }
        return error;
    }

    private static Map<String, Object> document(Issue issue) {
        Map<String, Object> error = document(issue.problem(), issue.advice());
        if (issue.value() != null) {
            error.put("value", issue.value());
        }
        Place place = issue.place();
        error.put("document", place.document());
        error.put("line", place.line());
        error.put("column", place.column());
        error.put("path", place.path());
        return error;
    }

    private static String describe(FileSystemException failure) {
        String reason =
                switch (failure) {
                    case NoSuchFileException missing ->
                        missing.getReason() == null ? "there is no such file" : missing.getReason();
                    case AccessDeniedException _ -> "permission is denied";
                    case FileAlreadyExistsException _ -> "it is there already";
                    case NotDirectoryException _ -> "it is no folder";
                    case DirectoryNotEmptyException _ -> "the folder is not empty";
                    default -> failure.getReason() == null ? "it cannot be used" : failure.getReason();
                };
        return failure.getFile() == null ? reason : failure.getFile() + ": " + reason;
    }
}
