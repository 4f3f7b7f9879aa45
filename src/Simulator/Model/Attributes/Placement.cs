using Orleans.Runtime;

namespace Orleans.Placement
{
    /// <summary>Which silo a new activation goes to.</summary>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public abstract class PlacementAttribute : Attribute
    {
        protected PlacementAttribute(PlacementStrategy placement)
        {
            ArgumentNullException.ThrowIfNull(placement);
            PlacementStrategy = placement;
        }

        public PlacementStrategy PlacementStrategy { get; }
    }

    /// <summary>Any silo, each as likely.</summary>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public sealed class RandomPlacementAttribute() : PlacementAttribute(new RandomPlacement());

    /// <summary>The caller's own silo.</summary>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public sealed class PreferLocalPlacementAttribute() : PlacementAttribute(new PreferLocalPlacement());

    /// <summary>The silo that the identity's hash falls on.</summary>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public sealed class HashBasedPlacementAttribute() : PlacementAttribute(new HashBasedPlacement());
}

namespace Orleans.Runtime
{
    /// <summary>A rule by which new activations are spread over silos.</summary>
    public abstract class PlacementStrategy;

    public sealed class RandomPlacement : PlacementStrategy;

    public sealed class PreferLocalPlacement : PlacementStrategy;

    public sealed class HashBasedPlacement : PlacementStrategy;
}
