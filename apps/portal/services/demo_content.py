"""The words of the demo: three programs to apply to, and sample people. Nobody here is real."""

from typing import Any

PASSWORD = "demo-talent-platform"  # noqa: S105  sample people of the demo only
HOUSE = "ASEAN AI Skills Network (sample)"
FUND = "Mekong Learning Fund (sample)"
PLATFORM = "Talent platform team (sample)"

#: role, e-mail, name; two coordinators because large releases and payments need a second person.
STAFF = [
    ("coordinator", "coordinator@demo.example", "Maya Santoso"),
    ("coordinator", "coordinator2@demo.example", "Anan Chaiyo"),
    ("reviewer", "reviewer@demo.example", "Linh Tran"),
    ("reviewer", "reviewer2@demo.example", "Jose Reyes"),
    ("reviewer", "reviewer3@demo.example", "Sokha Chan"),
    ("trainer", "trainer@demo.example", "Noor Aziz"),
    ("logistics", "logistics@demo.example", "Mina Sok"),
    ("funder", "funder@demo.example", "Grace Lim"),
    ("administrator", "admin@demo.example", "Peter Young"),
]
APPLICANT = ("applicant@demo.example", "Dao Vilay")

HOW = {
    "en": "Two people read each application without your name and give points. "
    "The rule is fixed before anyone reads."
}
PROGRAMS: list[dict[str, Any]] = [
    {
        "kind": "course",
        "slug": "data-skills-for-work",
        "mode": "blended",
        "title": {
            "en": "Data skills for work",
            "id": "Keterampilan data untuk bekerja",
            "th": "ทักษะข้อมูลเพื่อการทำงาน",
        },
        "summary": {
            "en": "Ten weeks from spreadsheets to your first small AI model, with a local trainer.",
            "id": "Sepuluh minggu dari lembar kerja sampai model AI kecil pertama Anda, bersama pelatih setempat.",
            "th": "สิบสัปดาห์ จากตารางคำนวณถึงแบบจำลอง AI เล็ก ๆ ชิ้นแรกของคุณ กับผู้สอนในพื้นที่",
        },
        "what_you_get": {
            "en": "Twelve sessions, a loan laptop where needed, and a certificate of the units you master."
        },
        "who_can_apply": {"en": "Anyone from 17 to 45 in the member states. You need no diploma."},
        "what_you_need": {"en": "About six hours a week, and a phone or a computer."},
        "how_we_decide": HOW,
        "accessibility": {
            "en": "Tell us what you need: sign language, large print, step-free rooms, childcare."
        },
    },
    {
        "kind": "scholarship",
        "slug": "ai-for-rice-farming-scholarship",
        "mode": "in_person",
        "title": {
            "en": "AI for rice farming scholarship",
            "id": "Beasiswa AI untuk pertanian padi",
            "th": "ทุนการศึกษา AI เพื่อการปลูกข้าว",
        },
        "summary": {
            "en": "A two-year master's scholarship for people who bring AI to farming communities.",
            "id": "Beasiswa magister dua tahun bagi mereka yang membawa AI ke masyarakat petani.",
            "th": "ทุนปริญญาโทสองปีสำหรับผู้ที่นำ AI ไปสู่ชุมชนเกษตรกร",
        },
        "what_you_get": {"en": "Tuition, USD 9,600 a year paid in eight parts, and a mentor."},
        "who_can_apply": {
            "en": "Citizens of the member states with a first degree or five years of work in farming."
        },
        "how_we_decide": HOW,
    },
    {
        "kind": "cohort",
        "slug": "village-ai-trainers",
        "mode": "online",
        "title": {"en": "Village AI trainers", "id": "Pelatih AI desa", "th": "ผู้สอน AI ประจำหมู่บ้าน"},
        "summary": {
            "en": "Become a certified trainer and bring first AI skills to your own community.",
            "id": "Jadilah pelatih bersertifikat dan bawa keterampilan AI dasar ke masyarakat Anda.",
            "th": "เป็นผู้สอนที่ได้รับการรับรอง และนำทักษะ AI พื้นฐานไปสู่ชุมชนของคุณ",
        },
        "what_you_get": {
            "en": "Eight weeks of practice with a master trainer, materials, and a certificate."
        },
        "who_can_apply": {"en": "Teachers, librarians and facilitators who can train at least ten people."},
        "how_we_decide": HOW,
    },
]

RULES: dict[str, list[dict[str, Any]]] = {
    "course": [
        {
            "question": {
                "en": "What is your date of birth?",
                "id": "Kapan tanggal lahir Anda?",
                "th": "คุณเกิดวันที่เท่าไร",
            },
            "answer": "birth_date",
            "test": "age_between",
            "value": [17, 45],
            "unmet": {"en": "The course is for people from 17 to 45 on its first day."},
            "options": [],
        },
        {
            "question": {"en": "Can you take part for about six hours a week?"},
            "answer": "yes_no",
            "test": "is",
            "value": True,
            "unmet": {"en": "The sessions take six hours a week. A shorter course opens every spring."},
            "options": [],
        },
    ],
    "scholarship": [
        {
            "question": {"en": "Which country are you a citizen of?"},
            "answer": "country",
            "test": "one_of",
            "value": ["BN", "KH", "ID", "LA", "MY", "MM", "PH", "SG", "TH", "TL", "VN", "US"],
            "unmet": {"en": "The scholarship is for citizens of the twelve member states."},
            "options": [],
        },
    ],
    "cohort": [
        {
            "question": {"en": "How many people could you train within a year?"},
            "answer": "number",
            "test": "at_least",
            "value": 10,
            "unmet": {"en": "Trainers commit to training at least ten people."},
            "options": [],
        },
    ],
}

#: Applicants of the intake that is being read: name, country, how they read on average (1 to 5).
PEOPLE = [
    ("Nguyễn Thị Mai", "VN", 5),
    ("Budi Hartono", "ID", 4),
    ("สุดารัตน์ แก้วใส", "TH", 4),
    ("Maria Cruz", "PH", 3),
    ("សុខ ស្រីនាង", "KH", 5),
    ("ບຸນມີ ວິໄລ", "LA", 3),
    ("Aung Aung", "MM", 4),
    ("Siti Aminah", "MY", 2),
    ("Trần Văn Hùng", "VN", 3),
    ("Dewi Lestari", "ID", 5),
    ("ปรีชา ทองดี", "TH", 2),
    ("Jun Santos", "PH", 4),
    ("Domingos Soares", "TL", 4),
    ("Hajah Rosnah", "BN", 3),
    ("Wei Ling Tan", "SG", 2),
    ("James Walker", "US", 3),
    ("ចាន់ ដារ៉ា", "KH", 3),
    ("Putri Ayu", "ID", 4),
    ("Thida Win", "MM", 5),
    ("Phạm Quốc Bảo", "VN", 2),
]
