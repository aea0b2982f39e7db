"""What an address tells about where someone works."""

#: Mail hosts that say nothing about where someone works.
PUBLIC_HOSTS = frozenset(
    {
        *("gmail.com", "googlemail.com", "yahoo.com", "outlook.com", "hotmail.com", "live.com", "icloud.com"),
        *("proton.me", "protonmail.com", "mail.com", "gmx.com", "qq.com", "163.com", "yahoo.co.id"),
        *("yahoo.com.vn", "yahoo.com.ph", "yahoo.com.sg", "yahoo.co.th", "msn.com", "aol.com"),
    }
)


def shares_mail_domain(one: str, other: str) -> bool:
    """Whether two addresses belong to one employer, as far as an address can tell."""
    first, second = (address.rpartition("@")[2].lower() for address in (one, other))
    return bool(first) and first == second and first not in PUBLIC_HOSTS
