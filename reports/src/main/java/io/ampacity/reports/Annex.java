package io.ampacity.reports;

import io.ampacity.physics.Provenance;
import io.ampacity.reports.paper.Section;
import java.util.List;

/**
 * What a paper may add to plan and proof.
 *
 * @param version of the program that made the plan; empty when not told
 * @param alternatives other plans that were weighed, the best first
 * @param estimates how far each estimate behind the plan rests on measurements
 * @param studies sections on what else was asked of the plan
 */
public record Annex(String version, List<Alternative> alternatives, List<Estimate> estimates, List<Section> studies) {

    /** Nothing to add. */
    public static final Annex NONE = new Annex("", List.of(), List.of());

    public Annex {
        alternatives = List.copyOf(alternatives);
        estimates = List.copyOf(estimates);
        studies = List.copyOf(studies);
    }

    /** Without studies. */
    public Annex(String version, List<Alternative> alternatives, List<Estimate> estimates) {
        this(version, alternatives, estimates, List.of());
    }

    /** The same with studies. */
    public Annex withStudies(List<Section> others) {
        return new Annex(version, alternatives, estimates, others);
    }

    /**
     * Another plan.
     *
     * @param objectiveUsd its discounted cost, comparable with the plan's objective
     */
    public record Alternative(String name, double objectiveUsd, String explanation) {}

    /** Where the speed of a model on a chip comes from. */
    public record Estimate(String model, String chip, String layout, Provenance provenance) {}
}
